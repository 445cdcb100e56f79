namespace Secrets.Faults;

public sealed class VaultTests() : FaultTableTests("vault");
