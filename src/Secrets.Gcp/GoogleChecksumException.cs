namespace Secrets.Gcp;

/// <summary>A content does not have the checksum that came with it: it was changed on the way. The same call may bring it whole.</summary>
internal sealed class GoogleChecksumException() : Exception("The content does not have the checksum that came with it.");
