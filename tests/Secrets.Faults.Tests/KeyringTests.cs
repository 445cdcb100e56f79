namespace Secrets.Faults;

public sealed class KeyringTests() : FaultTableTests("keyring");
