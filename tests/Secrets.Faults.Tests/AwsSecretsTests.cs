namespace Secrets.Faults;

public sealed class AwsSecretsTests() : FaultTableTests("aws");
