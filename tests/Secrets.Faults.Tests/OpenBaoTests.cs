namespace Secrets.Faults;

public sealed class OpenBaoTests() : FaultTableTests("openbao");
