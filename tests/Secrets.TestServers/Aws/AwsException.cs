namespace Secrets.TestServers.Aws;

/// <summary>What a call is answered with instead of a result.</summary>
internal sealed class AwsException(string code, int status = 400) : Exception(code)
{
    public string Code { get; } = code;

    public int Status { get; } = status;
}
