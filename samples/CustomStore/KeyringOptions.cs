using System.Diagnostics;
using Secrets.Remote;

namespace CustomStore;

public sealed class KeyringOptions : RemoteSourceOptions
{
    public Uri Address { get; set; } = new("https://keyring.example");

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Token { get; set; } = "";

    public KeyringOptions Secret(string name, string? at = null, string? version = null)
    {
        AddSecret(new RemoteName(name, version), at);
        return this;
    }

    protected override IEnumerable<string> FindMistakes()
    {
        foreach (string mistake in base.FindMistakes())
        {
            yield return mistake;
        }

        if (!RemoteHttpClient.IsSafe(Address))
        {
            yield return "Address must use https and have no user info; http is allowed for this machine alone";
        }
    }
}
