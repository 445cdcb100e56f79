namespace Secrets.Remote.Http;

/// <summary>An answer is larger than the options allow. It is not an <see cref="IOException"/>, which clients try again.</summary>
internal sealed class AnswerTooLargeException() : Exception("An answer is larger than its limit.");
