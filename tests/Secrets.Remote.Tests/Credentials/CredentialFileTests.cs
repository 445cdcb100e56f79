namespace Secrets.Remote.Credentials;

public sealed class CredentialFileTests
{
    [Theory]
    [InlineData("token")]
    [InlineData(".vault-token")]
    [InlineData("certificates/client.pem")]
    [InlineData("/var/lib/kubelet/pods/00000000-0000-0000-0000-000000000000/token")]
    public void A_name_is_shown(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && name[0] == '/', "There, it is no absolute name.");
        Assert.Equal(name, CredentialFile.Shown(name));
    }

    [Theory]
    [InlineData("s.0123456789abcdefghijklmn")]
    [InlineData("hvs.CAESIJ0123456789abcdefghijklmnopqrstuvwxyz")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("one\ntwo")]
    [InlineData("""{"type":"service_account","private_key":"not-a-real-key"}""")]
    [InlineData("ab/0123456789abcdefghijklmnopq+/cd")]
    public void What_may_be_a_content_is_not(string content) => Assert.Equal("***", CredentialFile.Shown(content));
}
