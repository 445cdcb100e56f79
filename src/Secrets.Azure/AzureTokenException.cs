using Azure.Identity;

namespace Secrets.Azure;

/// <summary>A credential gave a token that cannot be sent. The text does not quote it.</summary>
internal sealed class AzureTokenException() : AuthenticationFailedException("the token of the credential is not one line of letters, digits and signs");
