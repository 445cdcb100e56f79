using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Secrets.TestServers.Hosting;

namespace Secrets.TestServers.Aws;

/// <summary>Where the server stands in for an emulator, it answers as that was recorded: the same values, versions, names and codes for the same requests.</summary>
public sealed partial class EmulatorCapturesTests : IAsyncDisposable
{
    private const string OwnAccount = "eu-west-1:123456789012";

    private readonly AwsServer _server = new();

    // What a stand-in is for: groups, versions, labels, ARNs and references. Which one of three a page of one has is no promise.
    private static readonly string[] _kinds = ["sm-batch", "sm-get", "sm-list-filter", "ssm-"];
    private static readonly string[] _others = ["ssm-bypath"];

    public static TheoryData<AwsEmulator, string> Requests
    {
        get
        {
            var rows = new TheoryData<AwsEmulator, string>();
            foreach (AwsEmulator emulator in Enum.GetValues<AwsEmulator>().Where(e => e != AwsEmulator.None && CapturedAnswers.Folder is not null))
            {
                foreach (string request in Recorded(emulator).Keys.Except(_others).Where(k => _kinds.Any(kind => k.StartsWith(kind, StringComparison.Ordinal))))
                {
                    rows.Add(emulator, request);
                }
            }

            return rows;
        }
    }

    public EmulatorCapturesTests()
    {
        _server.SetSecret("wire/one", """{"user":"u","password":"throwaway"}""");
        _server.SetSecret("wire/one", """{"user":"u","password":"throwaway2"}""");
        _server.SetSecret("wire/bin", [0, 1, 255]);
        _server.SetSecretWithoutValue("wire/novalue");
        _server.SetSecret("wire/del", "x");
        _server.MarkDeleted("wire/del");
        _server.SetSecret("WIRE/upper", "x");
        _server.SetSecret("x/wire/inner", "x");
        foreach (string value in new[] { "v1", "v2", "v3" })
        {
            _server.SetParameter("/wire/v", value, "String");
            if (value == "v2")
            {
                _server.LabelParameter("/wire/v", "live");
            }
        }

        _server.SetParameter("/wire/s", "throwaway");
        _server.SetParameter("/wire/l", "a,b", "StringList");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Requests))]
    public void It_answers_as_recorded(AwsEmulator emulator, string request)
    {
        _server.Emulator = emulator;
        (string operation, string input, string answer) = Recorded(emulator)[request];
        Assert.Equal(Told(answer), Told(Answer(operation, Here(input))));
    }

    private static Dictionary<string, (string Operation, string Input, string Answer)> Recorded(AwsEmulator emulator) =>
        File.ReadAllText(Path.Combine(CapturedAnswers.Folder!, "aws-others", emulator.ToString().ToLowerInvariant() + ".txt"))
            .Split("=== ", StringSplitOptions.RemoveEmptyEntries)
            .Select(r => r.Split("--- answer\n"))
            .ToDictionary(
                r => r[0].Split('\n')[0],
                r => (r[0].Split("X-Amz-Target: ")[1].Split('\n')[0], r[0].Split('\n').Last(l => l.StartsWith('{')), r[1].Split("\n\n", 2)[1].Trim()),
                StringComparer.Ordinal);

    // The recorded ARNs are of another account, region and random end.
    private static string Here(string input) => Arn().Replace(
        input, m => OwnAccount + m.Groups["secret"].Value + (m.Groups["end"].Success ? AwsSecretsStore.ArnOf("wire/one")[^7..] : ""));

    [GeneratedRegex("us-east-1:[0-9]{12}(?<secret>:secret:wire/one)?(?<end>-[A-Za-z0-9]{6})?", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Arn();

    private string Answer(string operation, string input)
    {
        string[] target = operation.Split('.');
        try
        {
            var members = (JsonObject)JsonNode.Parse(input)!;
            return (target[0] == "secretsmanager" ? _server.Secrets.Run(target[1], members) : _server.Parameters.Run(target[1], members)).ToJsonString();
        }
        catch (AwsException error)
        {
            return new JsonObject { ["__type"] = error.Code }.ToJsonString();
        }
    }

    // What a client acts on, without times, identifiers and texts.
    private static string Told(string answer)
    {
        var json = (JsonObject)JsonNode.Parse(answer)!;
        if (json["__type"] is { } code)
        {
            return (string)code!;
        }

        return json["SecretValues"] is JsonArray values ? $"{Each(values)}; errors {Each(json["Errors"])}"
            : json["SecretList"] is JsonArray list ? Each(list)
            : json["Parameters"] is JsonArray parameters ? $"{Each(parameters)}; invalid {Each(json["InvalidParameters"])}{(json["NextToken"] is null ? "" : "; more")}"
            : One(json);
    }

    private static string Each(JsonNode? list) => string.Join(", ", (list as JsonArray ?? []).Select(i => i is JsonObject one ? One(one) : (string?)i).Order(StringComparer.Ordinal));

    private static string One(JsonObject one) => string.Join(' ', new[] { "Name", "SecretString", "SecretBinary", "Type", "Value", "Version", "Selector", "SecretId", "ErrorCode" }
        .Where(m => one[m] is not null)
        .Select(m => $"{m}={one[m]}"));
}
