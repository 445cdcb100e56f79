using System.Text.Json;
using System.Text.Json.Nodes;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Hosting;

namespace Secrets.TestServers.Aws;

/// <summary>AWS Secrets Manager and AWS Systems Manager Parameter Store, over the protocol "AWS JSON 1.1", with the limits that their API references name.</summary>
public sealed class AwsServer : TestServer
{
    private const string ContentType = "application/x-amz-json-1.1";

    private readonly Dictionary<string, AwsKey> _keys = new(StringComparer.Ordinal) { [AwsKey.Example.Id] = AwsKey.Example };
    private readonly HashSet<string> _deniedOperations = new(StringComparer.Ordinal);
    private int _requests;

    public AwsServer()
    {
        Secrets = new AwsSecretsStore(this);
        Parameters = new AwsParametersStore(this);
    }

    internal AwsSecretsStore Secrets { get; }

    internal AwsParametersStore Parameters { get; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Gets or sets a value indicating whether an empty page comes in the middle of every listing.</summary>
    public bool WithEmptyPages { get; set; }

    /// <summary>Gets or sets a value indicating whether every page leads to the same one: a broken server.</summary>
    public bool WithRepeatedToken { get; set; }

    /// <summary>Gets or sets how many secrets a batch answers at once; the rest comes behind a token.</summary>
    public int BatchPageSize { get; set; } = 20;

    /// <summary>Gets or sets whose mistakes the server makes.</summary>
    public AwsEmulator Emulator { get; set; }

    /// <summary>Gets or sets what the errors of a batch call the secret that they are of.</summary>
    public AwsErrorNames ErrorNames { get; set; }

    /// <summary>Gets or sets what a group of secrets or parameters fails with as a whole; <see langword="null"/> for the errors of each.</summary>
    public string? GroupError { get; set; }

    internal IReadOnlySet<string> DeniedNames => Denied;

    internal IReadOnlySet<string> UndecryptableNames => Undecryptable;

    private HashSet<string> Denied { get; } = new(StringComparer.Ordinal);

    private HashSet<string> Undecryptable { get; } = new(StringComparer.Ordinal);

    public override IEnumerable<(string Name, string Value)> DemoSecrets =>
        [("prod/shop", """{"database":{"user":"shop","password":"demo-password"},"trello":{"api_key":"demo-key"}}"""), ("/prod/shop/token", "demo-token")];

    public override IEnumerable<string> Environment =>
    [
        $"AWS_ENDPOINT_URL={Address.AbsoluteUri}", "AWS_REGION=eu-west-1", $"AWS_ACCESS_KEY_ID={AwsKey.Example.Id}", $"AWS_SECRET_ACCESS_KEY={AwsKey.Example.Secret}",
    ];

    /// <summary>Stores a parameter where the name begins with <c>/</c>, and a secret otherwise.</summary>
    public override void Seed(string name, string value)
    {
        if (name.StartsWith('/'))
        {
            SetParameter(name, value);
        }
        else
        {
            SetSecret(name, value);
        }
    }

    /// <summary>Lets one more access key in.</summary>
    public void Know(AwsKey key) => _keys[key.Id] = key;

    /// <summary>Stores a secret; the same content as before makes no new version.</summary>
    public void SetSecret(string name, string text) => Secrets.Set(name, text, bytes: null);

    /// <inheritdoc cref="SetSecret(string, string)"/>
    public void SetSecret(string name, byte[] bytes) => Secrets.Set(name, text: null, bytes);

    /// <summary>Creates a secret that has no value yet.</summary>
    public void SetSecretWithoutValue(string name) => Secrets.SetEmpty(name);

    public void DeleteSecret(string name) => Secrets.Remove(name);

    /// <summary>Marks a secret for deletion, as <c>DeleteSecret</c> does.</summary>
    public void MarkDeleted(string name) => Secrets.Mark(name);

    public string ArnOf(string name) => AwsSecretsStore.ArnOf(name);

    /// <summary>Stores a parameter; the same content as before makes no new version.</summary>
    public void SetParameter(string name, string value, string type = "SecureString") => Parameters.Set(name, value, type);

    public void LabelParameter(string name, string label) => Parameters.Label(name, label);

    public void DeleteParameter(string name) => Parameters.Remove(name);

    /// <summary>Denies one secret or parameter, singly and in batches.</summary>
    public override void Deny(string name) => Denied.Add(name);

    public void DenyOperation(string operation) => _deniedOperations.Add(operation);

    /// <summary>Lets the key of one secret fail.</summary>
    public void FailDecryption(string name) => Undecryptable.Add(name);

    /// <summary>Forgets all denials.</summary>
    public override void Allow()
    {
        Denied.Clear();
        Undecryptable.Clear();
        _deniedOperations.Clear();
    }

    public void Clear()
    {
        Secrets.Clear();
        Parameters.Clear();
    }

    protected override string OperationOf(ServerCall call) => call.Header("X-Amz-Target")?.Split('.')[^1] ?? call.Path;

    protected override ServerAnswer Answer(ServerCall call)
    {
        try
        {
            string[] target = call.Header("X-Amz-Target")?.Split('.') ?? [];
            (string service, Func<string, JsonObject, JsonObject>? run) = target switch
            {
                ["secretsmanager", _] => ("secretsmanager", Secrets.Run),
                ["AmazonSSM", _] => ("ssm", Parameters.Run),
                _ => ("", (Func<string, JsonObject, JsonObject>?)null),
            };
            if (run is null || call.Method != "POST" || call.Header("Content-Type") != ContentType)
            {
                throw new AwsException("UnknownOperationException");
            }

            if (AwsSignature.FindMistake(call, service, _keys, Clock.GetUtcNow()) is { } mistake)
            {
                throw new AwsException(mistake);
            }

            if (_deniedOperations.Contains(call.Operation))
            {
                throw new AwsException("AccessDeniedException");
            }

            JsonObject input = Input(call);
            if (GroupError is not null && (input["SecretIdList"] ?? input["Names"]) is JsonArray { Count: > 1 })
            {
                throw new AwsException(GroupError);
            }

            return ServerAnswer.Json(200, run(call.Operation, input), ContentType, RequestId());
        }
        catch (AwsException error)
        {
            return Error(error.Code, error.Status);
        }
    }

    protected override ServerAnswer Fail(FaultKind kind, ServerCall call) => kind switch
    {
        FaultKind.Throttle => Error("ThrottlingException", 400),
        FaultKind.ExpiredToken => Error("ExpiredTokenException", 400),
        FaultKind.AccessDenied => Error("AccessDeniedException", 400),
        _ => Error(call.Header("X-Amz-Target")?.StartsWith("AmazonSSM", StringComparison.Ordinal) == true ? "InternalServerError" : "InternalServiceError", 500),
    };

    private static JsonObject Input(ServerCall call)
    {
        try
        {
            return JsonNode.Parse(call.Body) as JsonObject ?? throw new AwsException("SerializationException");
        }
        catch (JsonException)
        {
            throw new AwsException("SerializationException");
        }
    }

    // Both spellings of a type are in use, and clients must read both.
    private ServerAnswer Error(string code, int status) => ServerAnswer.Json(
        status,
        new JsonObject { ["__type"] = _requests % 2 == 0 ? code : $"com.amazonaws.test#{code}", ["Message"] = $"{code}: {ErrorText}" },
        ContentType,
        RequestId());

    private (string, string) RequestId() => ("x-amzn-RequestId", $"00000000-0000-4000-8000-{Interlocked.Increment(ref _requests):x12}");
}
