using System.Globalization;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Hosting;

namespace Secrets.Gcp.Tests;

/// <summary>Gives the answers that an emulator of the service gave, by their request, and a content for each secret that was not captured.</summary>
internal sealed class EmulatorServer : TestServer
{
    private readonly Dictionary<string, ServerAnswer> _answers;

    public EmulatorServer(string captures)
    {
        _answers = captures.Split("=== ", StringSplitOptions.RemoveEmptyEntries).Select(c => c.Split("--- answer")).ToDictionary(c => c[0].Split(' ')[1], c => Read(c[1]));
    }

    public override IEnumerable<(string Name, string Value)> DemoSecrets => [];

    public override IEnumerable<string> Environment => [];

    public override void Seed(string name, string value) => throw new NotSupportedException();

    protected override string OperationOf(ServerCall call) => call.Path;

    protected override ServerAnswer Answer(ServerCall call) => _answers.GetValueOrDefault(call.Target)
        ?? (call.Path.EndsWith(":access", StringComparison.Ordinal)
            ? ServerAnswer.Text(200, $$"""{"name":"{{call.Path["/v1/".Length..]}}", "payload": {"data":"eA=="} }""")
            : ServerAnswer.Text(404, """{"error":"Not found"}"""));

    protected override ServerAnswer Fail(FaultKind kind, ServerCall call) => ServerAnswer.Text(500, "");

    private static ServerAnswer Read(string answer)
    {
        string[] parts = answer.Split("\n\n", 2);
        return ServerAnswer.Text(int.Parse(parts[0].Split("HTTP/1.1 ")[1].AsSpan(0, 3), CultureInfo.InvariantCulture), parts[1].Split("\n(cut here")[0]);
    }
}
