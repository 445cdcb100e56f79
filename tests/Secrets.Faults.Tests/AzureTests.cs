namespace Secrets.Faults;

public sealed class AzureTests() : FaultTableTests("azure");
