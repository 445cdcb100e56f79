namespace Secrets.Gcp;

/// <summary>There is no usable credential. The text of the vendor's library is not passed on.</summary>
internal sealed class GoogleCredentialException(string what) : Exception(what);
