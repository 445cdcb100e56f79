namespace Secrets.Faults;

public sealed class AwsParametersTests() : FaultTableTests("aws-parameters");
