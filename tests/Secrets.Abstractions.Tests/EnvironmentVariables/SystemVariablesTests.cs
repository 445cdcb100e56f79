using Secrets.EnvironmentVariables;

namespace Secrets.Tests.EnvironmentVariables;

public sealed class SystemVariablesTests
{
    [Theory]
    [InlineData("USER", true)]
    [InlineData("Path", true)]
    [InlineData("HOSTNAME", true)]
    [InlineData("LC_ALL", true)]
    [InlineData("TOKEN", false)]
    [InlineData("HOST_NAME", false)]
    [InlineData("HTTP_PROXY", false)]
    [InlineData("DATABASE_URL", false)]
    public void A_name_that_every_process_has_is_told_from_an_application_s(string name, bool isSystem) => Assert.Equal(isSystem, SystemVariables.Contains(name));
}
