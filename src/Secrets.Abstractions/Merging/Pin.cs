namespace Secrets.Merging;

/// <summary>A path that only one source may supply.</summary>
internal sealed record Pin(SecretPath Path, string Source);
