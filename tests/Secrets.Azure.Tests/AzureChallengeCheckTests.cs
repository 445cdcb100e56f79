using System.Net.Http.Headers;

namespace Secrets.Azure.Tests;

public sealed class AzureChallengeCheckTests
{
    [Theory]
    [InlineData("Bearer authorization=\"https://login.microsoftonline.com/t\", resource=\"https://vault.azure.net\"", "vault.azure.net")]
    [InlineData("Bearer authorization=\"https://login.microsoftonline.com/t\", scope=\"https://vault.azure.net/.default\"", "vault.azure.net")]
    [InlineData("bearer scope=\"https://other.example/.default\", resource=\"https://vault.azure.net\"", "vault.azure.net")]
    [InlineData("Bearer RESOURCE=https://vault.azure.net", "vault.azure.net")]
    [InlineData("Bearer authorization=\"https://login.microsoftonline.com/t\"", null)]
    [InlineData("Bearer resource=\"nonsense\"", null)]
    [InlineData("Bearer", null)]
    [InlineData("Basic realm=\"https://vault.azure.net\"", null)]
    public void A_challenge_is_for_a_domain(string challenge, string? domain) => Assert.Equal(domain, AzureChallengeCheck.DomainOf([AuthenticationHeaderValue.Parse(challenge)]));
}
