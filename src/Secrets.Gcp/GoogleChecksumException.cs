namespace Secrets.Gcp;

/// <summary>The content does not match its checksum: it was changed on the way. The call is retried.</summary>
internal sealed class GoogleChecksumException() : Exception("The content does not have the checksum that came with it.");
