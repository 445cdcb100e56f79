using Secrets.Testing;
using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests.Conformance;

/// <summary>The same in version 1 of the engine.</summary>
internal sealed class VaultPlainObjectHarness : VaultObjectHarness
{
    public VaultPlainObjectHarness()
        : base(VaultServer.Plain) => Lacks(SourceAbility.Versions, "version 1 of the engine has none");
}
