namespace Secrets.Gcp;

/// <summary>There is nobody to ask as; what the vendor's library says of it is not passed on.</summary>
internal sealed class GoogleCredentialException(string what) : Exception(what);
