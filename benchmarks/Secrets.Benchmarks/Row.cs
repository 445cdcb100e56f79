namespace Secrets.Benchmarks;

/// <summary>One promise of DESIGN §7 and what was measured.</summary>
internal sealed record Row(string Promise, string Limit, string Measured, string Bytes, bool IsMet);
