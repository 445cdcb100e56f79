using System.Diagnostics;
using Npgsql;

namespace Secrets.Hosting.Tests.Rotation;

/// <summary>
/// A PostgreSQL server from Debian's package, on a Unix socket in a temporary directory. It needs root, since PostgreSQL runs as the user <c>postgres</c>;
/// where it cannot run, <see cref="SkipReason"/> says why.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Versions = "/usr/lib/postgresql";

    // The shell stops the server when its standard input closes, which also happens when the test process is killed.
    private const string Script = """
        set -e
        directory=$(mktemp -d /tmp/secrets-postgres.XXXXXX)
        cd "$directory"
        finish() {
            [ -n "$started" ] || cat log >&2
            "$1/pg_ctl" -s -w -m immediate -D data stop >>log 2>&1 || true
            cd /
            rm -rf "$directory"
        }
        trap 'finish "$1"' EXIT
        trap 'exit 1' HUP INT TERM
        "$1/initdb" -D data -U postgres -E UTF8 --locale=C --no-sync >log 2>&1
        printf 'local all postgres trust\nlocal all all scram-sha-256\n' >data/pg_hba.conf
        "$1/pg_ctl" -s -w -D data -l log -o "-k $directory -c listen_addresses= -c fsync=off -c autovacuum=off -c shared_buffers=8MB" start >>log 2>&1
        started=yes
        echo "$directory"
        read -r _ || true
        """;

    private Process? _shell;
    private NpgsqlDataSource? _administrator;

    /// <summary>Gets why the server does not run; <see langword="null"/> if it runs.</summary>
    public string? SkipReason { get; private set; }

    /// <summary>Gets a connection string without user and password. Each open is one login: no pool, and no second try without encryption.</summary>
    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        string? programs = Directory.Exists(Versions)
            ? Directory.GetDirectories(Versions).Select(version => Path.Combine(version, "bin")).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
            : null;
        SkipReason = programs is null ? $"PostgreSQL is not installed in {Versions}: apt-get install postgresql"
            : Environment.IsPrivilegedProcess ? null
            : "Only root can start PostgreSQL as the user postgres.";
        if (SkipReason is not null)
        {
            return;
        }

        _shell = Process.Start(new ProcessStartInfo("runuser", ["-u", "postgres", "--", "sh", "-c", Script, "sh", programs!])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        string directory = await _shell.StandardOutput.ReadLineAsync(limit.Token)
            ?? throw new InvalidOperationException($"PostgreSQL did not start: {await _shell.StandardError.ReadToEndAsync(limit.Token)}");
        ConnectionString = $"Host={directory};Database=postgres;Pooling=false;SSL Mode=Disable;GSS Encryption Mode=Disable";
        _administrator = NpgsqlDataSource.Create($"Host={directory};Database=postgres;Username=postgres");
    }

    /// <summary>Runs a statement as the administrator.</summary>
    public async Task ExecuteAsync(string statement)
    {
        await using NpgsqlCommand command = _administrator!.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(Hosts.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_administrator is not null)
        {
            await _administrator.DisposeAsync();
        }

        if (_shell is not null)
        {
            _shell.StandardInput.Close();
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            await _shell.WaitForExitAsync(limit.Token);
            _shell.Dispose();
        }
    }
}
