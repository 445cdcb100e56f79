using System.Net;
using System.Net.Http.Headers;
using Secrets.Remote.Http;

namespace Secrets.Azure;

/// <summary>
/// Refuses a challenge for another domain than the vault's, by the rule of the SDK (https://aka.ms/azsdk/blog/vault-uri), which checks it a moment later and says so in a text alone.
/// </summary>
internal sealed class AzureChallengeCheck(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <exception cref="AzureChallengeException">The challenge is for another domain.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.Unauthorized
            && DomainOf(answer.Headers.WwwAuthenticate) is { } domain
            && request.RequestUri?.Host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase) == false)
        {
            answer.Dispose();
            throw new AzureChallengeException(VendorCodes.Clean(domain));
        }

        return answer;
    }

    /// <summary>Gives the host of the resource, or else of the scope, that the challenge names; <see langword="null"/> where it names none.</summary>
    internal static string? DomainOf(IEnumerable<AuthenticationHeaderValue> challenges) =>
        challenges.FirstOrDefault(c => string.Equals(c.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase))?.Parameter is { } parameters
        && Uri.TryCreate(ValueOf(parameters, "resource") ?? ValueOf(parameters, "scope"), UriKind.Absolute, out Uri? resource)
            ? resource.Host
            : null;

    private static string? ValueOf(string parameters, string name) => parameters.Split(',').Select(p => p.Trim().Split('=', 2))
        .FirstOrDefault(p => p.Length == 2 && string.Equals(p[0].Trim(), name, StringComparison.OrdinalIgnoreCase))?[1].Trim().Trim('"');
}
