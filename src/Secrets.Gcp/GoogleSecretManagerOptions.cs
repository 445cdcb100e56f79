using Google.Apis.Auth.OAuth2;
using Secrets.Remote;

namespace Secrets.Gcp;

/// <summary>Which secrets of Google Cloud Secret Manager are read, and how it is reached.</summary>
public sealed class GoogleSecretManagerOptions : RemoteSourceOptions
{
    /// <summary>Gets or sets the project, by its identifier or number.</summary>
    /// <value>Default empty: it must be set.</value>
    public string Project { get; set => field = value ?? throw new ArgumentNullException(nameof(value)); } = "";

    /// <summary>Gets or sets the credential of the calls.</summary>
    /// <value>Default <see langword="null"/>: application default credentials, which are looked up when the service is first asked: <c>GOOGLE_APPLICATION_CREDENTIALS</c>, the file of gcloud, the metadata server.</value>
    public ICredential? Credential { get; set; }

    /// <summary>Gets or sets the location of regional secrets, as in <c>europe-west3</c>. Their names are <c>projects/PROJECT/locations/LOCATION/secrets/…</c>.</summary>
    /// <value>Default <see langword="null"/>: global secrets, <c>projects/PROJECT/secrets/…</c>.</value>
    public string? Location { get; set; }

    /// <summary>Gets or sets the service's address, for a private endpoint, a gateway or an emulator. A path stays: <c>/v1/projects/…</c> is added to it.</summary>
    /// <value>
    /// HTTPS, or HTTP on this machine, unless <see cref="AllowInsecureHttp"/> is set; without user info, query and <c>/v1</c>. Default <see langword="null"/>:
    /// <c>https://secretmanager.googleapis.com</c>, or with a location the regional endpoint, <c>https://secretmanager.LOCATION.rep.googleapis.com</c>.
    /// </value>
    public Uri? EndpointUrl { get; set; }

    /// <summary>Gets or sets a value indicating whether <see cref="EndpointUrl"/> may be HTTP on another machine, as for an emulator in another container. Token and secrets then travel in the clear.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool AllowInsecureHttp { get; set; }

    // "Create a regional secret" of the Secret Manager documentation.
    internal Uri Endpoint => EndpointUrl ?? new Uri(Location is null ? "https://secretmanager.googleapis.com" : $"https://secretmanager.{Location}.rep.googleapis.com");

    /// <summary>Adds one secret. Where secrets or prefixes are added, the rest of the project is not read.</summary>
    /// <param name="secretId">Its identifier: 1 to 255 letters, digits, dashes and underscores.</param>
    /// <param name="at">The path where it stands, as in <c>trello.token</c>; <see langword="null"/> makes its fields keys of the root, for which its value must be a JSON object.</param>
    /// <param name="version">A version's number or alias; <see langword="null"/> is the latest.</param>
    /// <param name="format">How its text becomes values; <see langword="null"/> is <see cref="SecretFormat.Auto"/>.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException"><paramref name="at"/> is not a path.</exception>
    /// <exception cref="SecretsSourceException">The identifier or the version is not valid: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public GoogleSecretManagerOptions Secret(string secretId, string? at = null, string? version = null, SecretFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(secretId);
        if (!IsWord(secretId))
        {
            throw Invalid($"Secret takes an identifier of 1 to 255 ASCII letters, digits, dashes and underscores, and not {Shown(secretId)}"
                + (secretId.Contains('/', StringComparison.Ordinal) ? ": of a resource name it is what follows secrets/; set Project, Location and version by themselves" : ""));
        }

        if (version is not null && !IsWord(version))
        {
            throw Invalid($"Secret takes a version's number or alias, and not {Shown(version)}");
        }

        AddSecret(new RemoteName(secretId, version), at, format);
        return this;
    }

    /// <summary>
    /// Adds all secrets whose identifiers begin with a prefix. What follows it is the path, <c>--</c> between two keys: below <c>shop-</c>, the secret
    /// <c>shop-database--password</c> is <c>database.password</c>. An empty prefix is the whole project, which is also the default.
    /// </summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="at">The path below which they stand; <see langword="null"/> is the root.</param>
    /// <param name="format">How their texts become values; <see langword="null"/> is <see cref="SecretFormat.Text"/>: a project holds a secret for each value.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException"><paramref name="at"/> is not a path.</exception>
    /// <exception cref="SecretsSourceException">The prefix is not valid: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public GoogleSecretManagerOptions Prefix(string prefix, string? at = null, SecretFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length > 0 && !IsWord(prefix))
        {
            throw Invalid($"Prefix takes the beginning of identifiers, of ASCII letters, digits, dashes and underscores, and not {Shown(prefix)}");
        }

        AddPrefix(prefix, at, format ?? SecretFormat.Text);
        return this;
    }

    internal GoogleSecretManagerOptions With(ICredential credential)
    {
        GoogleSecretManagerOptions copy = Copy();
        copy.Credential = credential;
        return copy;
    }

    internal GoogleSecretManagerOptions Copy()
    {
        return CopyLimitsAndMapTo(new GoogleSecretManagerOptions
        {
            Project = Project,
            Credential = Credential,
            Location = Location,
            EndpointUrl = EndpointUrl,
            AllowInsecureHttp = AllowInsecureHttp,
        });
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> FindMistakes()
    {
        foreach (string mistake in base.FindMistakes())
        {
            yield return mistake;
        }

        // "Creating and managing projects" of the Resource Manager documentation; older identifiers have a domain and a colon before them.
        if (Project.Length is 0 or > 100 || !Project.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or ':' or '.'))
        {
            yield return "Project must be a project's identifier or number";
        }

        // It becomes a part of a host's name.
        if (Location is { Length: 0 or > 63 } || Location?.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') == false)
        {
            yield return "Location must be the name of a location, as in \"europe-west3\"";
        }

        if (EndpointUrl is not null && !RemoteHttpClient.IsSafe(EndpointUrl, AllowInsecureHttp))
        {
            yield return "EndpointUrl must use https and have no user info; http is allowed for this machine alone, unless AllowInsecureHttp is set";
        }
        else if (EndpointUrl is { Query.Length: > 0 } or { Fragment.Length: > 0 } || EndpointUrl?.AbsolutePath.TrimEnd('/').EndsWith("/v1", StringComparison.Ordinal) == true)
        {
            yield return "EndpointUrl must have no query, and no /v1, which is added";
        }
    }

    private static string Shown(string text) => $"\"{SecretOrigin.Printable(text.Length > 100 ? text[..100] + "…" : text)}\"";

    private static bool IsWord(string text) => text.Length is > 0 and <= 255 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static SecretsSourceException Invalid(string mistake) =>
        new(SecretsErrorCode.InvalidConfiguration, $"Invalid GoogleSecretManagerOptions: {mistake}.", GoogleSecretManagerSource.KindName);
}
