namespace Secrets.Remote.Http;

/// <summary>A token cannot be sent in a header (RFC 9110, section 5.5). The platform's own check would quote it.</summary>
internal sealed class UnusableTokenException() : Exception("the token is not one line of letters, digits and signs");
