using System.Globalization;
using Secrets.TestServers.Aws;
using Secrets.TestServers.Azure;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Gcp;
using Secrets.TestServers.Hosting;
using Secrets.TestServers.Keyring;
using Secrets.TestServers.Vault;

namespace Secrets.TestServers;

/// <summary>The command line: which server, on which port, with which secrets and faults.</summary>
public static class ServerCommand
{
    private static readonly Dictionary<string, Func<bool, TestServer>> _servers = new(StringComparer.Ordinal)
    {
        ["azure"] = _ => new AzureServer(),
        ["gcp"] = isHttps => new GcpServer { Certificate = isHttps ? TestCertificate.Create() : null },
        ["keyring"] = isHttps => new KeyringServer { Certificate = isHttps ? TestCertificate.Create() : null },
        ["vault"] = isHttps => new VaultServer { Certificate = isHttps ? TestCertificate.Create() : null },
        ["openbao"] = isHttps => new VaultServer { Certificate = isHttps ? TestCertificate.Create() : null, IsOpenBao = true },
        ["aws"] = isHttps => new AwsServer { Certificate = isHttps ? TestCertificate.Create() : null },
    };

    public static string Usage { get; } = $"""
        usage: Secrets.TestServers {string.Join('|', _servers.Keys)} [--port N] [--https] [--latency MILLISECONDS] [--fault KIND[:TIMES]]... [--secret NAME=VALUE]... [--deny NAME]...
        kinds of faults: {string.Join(", ", Enum.GetValues<FaultKind>().Select(ServerFault.NameOf))}
        GET /_calls on the printed address counts the calls so far.
        """;

    /// <summary>Runs until it is cancelled.</summary>
    /// <returns>The exit code: 2 for a mistake in the arguments.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        int port = 0;
        int latency = 0;
        bool isHttps = false;
        var faults = new List<ServerFault>();
        var secrets = new List<(string Name, string Value)>();
        var denied = new List<string>();
        for (int i = 1; i < arguments.Count; i++)
        {
            string value = i + 1 < arguments.Count ? arguments[i + 1] : "";
            bool isRead = arguments[i] switch
            {
                "--https" => isHttps = true,
                "--port" => int.TryParse(value, CultureInfo.InvariantCulture, out port) && port is >= 0 and <= 65535,
                "--latency" => int.TryParse(value, CultureInfo.InvariantCulture, out latency) && latency >= 0,
                "--fault" when ServerFault.Parse(value) is { } fault => Added(faults, fault),
                "--secret" when value.Split('=', 2) is [{ Length: > 0 } name, { } text] => Added(secrets, (name, text)),
                "--deny" when value.Length > 0 => Added(denied, value),
                _ => false,
            };
            if (!isRead)
            {
                await errors.WriteLineAsync($"cannot read {arguments[i]} {value}").ConfigureAwait(false);
                await errors.WriteLineAsync(Usage).ConfigureAwait(false);
                return 2;
            }

            i += arguments[i] == "--https" ? 0 : 1;
        }

        if (arguments.Count == 0 || !_servers.TryGetValue(arguments[0], out Func<bool, TestServer>? make))
        {
            await errors.WriteLineAsync(Usage).ConfigureAwait(false);
            return 2;
        }

        TestServer server = make(isHttps);
        await using (server.ConfigureAwait(false))
        {
            server.Latency = TimeSpan.FromMilliseconds(latency);
            faults.ForEach(server.Inject);
            await server.ListenAsync(port).ConfigureAwait(false);
            foreach ((string name, string value) in secrets.Count > 0 ? secrets : [.. server.DemoSecrets])
            {
                server.Seed(name, value);
            }

            denied.ForEach(server.Deny);
            await output.WriteLineAsync(server.Address.AbsoluteUri).ConfigureAwait(false);
            foreach (string line in server.Environment)
            {
                await output.WriteLineAsync(line).ConfigureAwait(false);
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return 0;
    }

    private static bool Added<T>(List<T> list, T item)
    {
        list.Add(item);
        return true;
    }
}
