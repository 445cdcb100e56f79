using Amazon.Runtime;
using Secrets.Remote;

namespace Secrets.Aws;

/// <summary>How AWS is reached: what the sources of its stores have in common.</summary>
public abstract class AwsSourceOptions : RemoteSourceOptions
{
    private protected AwsSourceOptions()
    {
    }

    /// <summary>Gets or sets the region, as in <c>eu-west-1</c>.</summary>
    /// <value>
    /// Default <see langword="null"/>: that of <see cref="Profile"/>, then the variables <c>AWS_REGION</c> and <c>AWS_DEFAULT_REGION</c>, then the default profile,
    /// then, where neither these nor <see cref="EndpointUrl"/> says anything, the instance's.
    /// </value>
    public string? Region { get; set; }

    /// <summary>Gets or sets the profile of the shared configuration and credentials files.</summary>
    /// <value>Default <see langword="null"/>: the standard chain, in which <c>AWS_PROFILE</c> names one.</value>
    public string? Profile { get; set; }

    /// <summary>Gets or sets the service's address, for an interface endpoint or a server of one's own.</summary>
    /// <value>HTTPS, or HTTP on this machine, unless <see cref="AllowInsecureHttp"/> is set. Default <see langword="null"/>: <c>AWS_ENDPOINT_URL_SECRETS_MANAGER</c> or <c>AWS_ENDPOINT_URL_SSM</c>, <c>AWS_ENDPOINT_URL</c>, the profile's, then the region's.</value>
    public Uri? EndpointUrl { get; set; }

    /// <summary>Gets or sets a value indicating whether an address may be HTTP that is not on this machine, as a test server's in another container; secrets then travel in the clear.</summary>
    /// <value>Default <see langword="false"/>; it counts for addresses from variables and profiles too.</value>
    public bool AllowInsecureHttp { get; set; }

    /// <summary>Gets or sets who asks.</summary>
    /// <value>
    /// Default <see langword="null"/>: <see cref="Profile"/>, then AWS's standard chain, which is environment variables, web identity, the shared files and single sign-on,
    /// the container's endpoint, and the instance's metadata.
    /// </value>
    public AWSCredentials? Credentials { get; set; }

    /// <summary>Gets or sets the clock of the limits; tests give their own.</summary>
    internal TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets what makes connections; tests give what a server cannot do.</summary>
    internal Func<HttpMessageHandler>? Handler { get; set; }

    private protected T CopyTo<T>(T copy)
        where T : AwsSourceOptions
    {
        copy.Region = Region;
        copy.Profile = Profile;
        copy.EndpointUrl = EndpointUrl;
        copy.AllowInsecureHttp = AllowInsecureHttp;
        copy.Credentials = Credentials;
        copy.Clock = Clock;
        copy.Handler = Handler;
        return CopyLimitsAndMapTo(copy);
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> FindMistakes()
    {
        foreach (string mistake in base.FindMistakes())
        {
            yield return mistake;
        }

        if (Region is not null && !IsRegion(Region))
        {
            yield return "Region must be a region's name, as in \"eu-west-1\", or null";
        }

        if (Profile is not null && string.IsNullOrWhiteSpace(Profile))
        {
            yield return "Profile must be a profile's name, or null";
        }

        if (EndpointUrl is not null && !RemoteHttpClient.IsSafe(EndpointUrl, AllowInsecureHttp))
        {
            yield return "EndpointUrl must use https and have no user info; http is allowed for this machine alone, unless AllowInsecureHttp is set";
        }
        else if (EndpointUrl is { Query.Length: > 0 } or { Fragment.Length: > 0 })
        {
            yield return "EndpointUrl must have no query";
        }
    }

    /// <summary>Says whether a text can be a region's name. It becomes a part of a host's name.</summary>
    internal static bool IsRegion(string text) => text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private protected static string Shown(string text) => $"\"{SecretOrigin.Printable(text.Length > 100 ? text[..100] + "…" : text)}\"";
}
