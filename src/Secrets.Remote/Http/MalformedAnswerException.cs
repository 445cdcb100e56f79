namespace Secrets.Remote.Http;

/// <summary>An answer is not what the vendor's reference says. Nothing of it is passed on.</summary>
internal sealed class MalformedAnswerException() : Exception("An answer is not what the vendor's reference says.");
