namespace Secrets.Faults;

public sealed class GcpTests() : FaultTableTests("gcp");
