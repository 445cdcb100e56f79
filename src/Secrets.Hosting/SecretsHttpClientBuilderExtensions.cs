using Microsoft.Extensions.DependencyInjection;
using Secrets.Hosting.Lifetime;
using Secrets.Hosting.Rotation;

namespace Secrets;

/// <summary>Lets HTTP clients send secrets that rotate.</summary>
public static class SecretsHttpClientBuilderExtensions
{
    /// <summary>
    /// Sends a secret as the bearer token of each request, as it is at that moment. After a 401 the secret is read again
    /// (<see cref="SecretsStore.ReportRejectedAsync(string, string, CancellationToken)"/>), and the request is sent once more if there is a new token and the content can be sent twice: none, bytes, text, a form or JSON.
    /// </summary>
    /// <remarks>
    /// If the secret is missing or cannot be read, a request throws what <see cref="SecretsView.GetString(string)"/> throws. If it is not one line of ASCII letters, digits and signs, a request
    /// throws <see cref="SecretsFormatException"/>. Nothing is sent then.
    /// </remarks>
    /// <param name="builder">The client's builder.</param>
    /// <param name="path">The token's path.</param>
    /// <param name="serviceKey">The key of the store in a host with several; <see langword="null"/> for the store without one.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The text is not a path.</exception>
    public static IHttpClientBuilder AddSecretBearerToken(this IHttpClientBuilder builder, string path, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _ = SecretPath.Parse(path);
        return builder.AddHttpMessageHandler(provider => new BearerTokenHandler(HostedStore.Of(provider, serviceKey), path));
    }
}
