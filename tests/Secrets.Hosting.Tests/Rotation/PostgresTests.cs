using System.Collections.Concurrent;
using Npgsql;
using Secrets.Testing;

namespace Secrets.Hosting.Tests.Rotation;

/// <summary>The recipes of docs/hosting.md, against a real server. No request may fail.</summary>
public sealed class PostgresTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const int Clients = 8;
    private const int Rotations = 50;

    [Fact]
    public async Task One_role_whose_password_changes_costs_one_report_and_one_retry()
    {
        Assert.SkipWhen(server.SkipReason is not null, server.SkipReason ?? "");
        await server.ExecuteAsync("CREATE ROLE shop LOGIN PASSWORD 'password 0'");
        var clock = new FakeTimeProvider();
        FakeSource rotating = Hosts.Source(("database.password", "password 0"));
        await using SecretsStore secrets = await new SecretsBuilder { TimeProvider = clock }.Add(new Unsignalled(rotating)).BuildAsync(Hosts.Token);
        (int requests, int logins, int refusals) = (0, 0, 0);

        SecretPasswordProvider password = secrets.PasswordProvider("database");
        var builder = new NpgsqlDataSourceBuilder($"{server.ConnectionString};Username=shop");
        builder.UsePasswordProvider(password.GetPassword, (connection, token) =>
        {
            Interlocked.Increment(ref logins);
            return password.GetPasswordAsync(connection, token);
        });
        await using NpgsqlDataSource source = builder.Build();

        await RunAsync(
            async () =>
            {
                await using NpgsqlConnection connection = await OpenAsync();
                Assert.Equal("shop", await CurrentUserAsync(connection));
                Interlocked.Increment(ref requests);
            },
            async rotation =>
            {
                // Reports within five seconds share one refresh.
                clock.Advance(TimeSpan.FromMinutes(1));
                rotating.Set("database.password", $"password {rotation}");
                await server.ExecuteAsync($"ALTER ROLE shop PASSWORD 'password {rotation}'");
            });

        // Each rotation is read once, and refuses each client at most once.
        Assert.Equal(1 + Rotations, rotating.Loads);
        Assert.InRange(refusals, Rotations, Rotations * Clients);
        Assert.Equal(requests + refusals, logins);

        async Task<NpgsqlConnection> OpenAsync()
        {
            string used = secrets.GetString("database.password");
            try
            {
                return await source.OpenConnectionAsync(Hosts.Token);
            }
            catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InvalidPassword)
            {
                Interlocked.Increment(ref refusals);
                Assert.True(await secrets.ReportRejectedAsync("database.password", used, Hosts.Token));
                return await source.OpenConnectionAsync(Hosts.Token);
            }
        }
    }

    [Fact]
    public async Task Two_roles_that_alternate_are_never_refused()
    {
        Assert.SkipWhen(server.SkipReason is not null, server.SkipReason ?? "");
        string[] roles = ["shop_a", "shop_b"];
        foreach (string role in roles)
        {
            await server.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'password 0'");
        }

        FakeSource rotating = Hosts.Source(("database", Credentials(0)));
        await using SecretsStore secrets = await new SecretsBuilder().Add(new Unsignalled(rotating)).BuildAsync(Hosts.Token);
        var requests = new ConcurrentDictionary<string, int>();
        var sources = new ConcurrentDictionary<string, NpgsqlDataSource>();

        await RunAsync(
            async () =>
            {
                await using NpgsqlConnection connection = await DataSource().OpenConnectionAsync(Hosts.Token);
                requests.AddOrUpdate(await CurrentUserAsync(connection), 1, (_, count) => count + 1);
            },
            async rotation =>
            {
                await server.ExecuteAsync($"ALTER ROLE {roles[rotation % 2]} PASSWORD 'password {rotation}'");
                rotating.Set("database", Credentials(rotation));
                await secrets.RefreshAsync(Hosts.Token);
            });

        // After each rotation, each client has logged in as the new role.
        Assert.Equal(roles, requests.Keys.Order(StringComparer.Ordinal));
        Assert.All(requests.Values, count => Assert.True(count >= Clients * Rotations / 2));
        Assert.Equal(roles, sources.Keys.Order(StringComparer.Ordinal));
        foreach (NpgsqlDataSource source in sources.Values)
        {
            await source.DisposeAsync();
        }

        Dictionary<string, object?> Credentials(int rotation) => new() { ["user"] = roles[rotation % 2], ["password"] = $"password {rotation}" };

        NpgsqlDataSource DataSource()
        {
            SecretsView database = secrets.Section("database");
            NpgsqlDataSource source = sources.GetOrAdd(
                database.GetString("user"), user => NpgsqlDataSource.Create($"{server.ConnectionString};Username={user}"));
            source.Password = database.GetString("password");
            return source;
        }
    }

    /// <summary>
    /// Rotates under clients that send one request after the other. A rotation waits until each client has finished a request that began after the rotation before,
    /// as a real rotation waits for longer than a request takes.
    /// </summary>
    private static async Task RunAsync(Func<Task> request, Func<int, Task> rotate)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Hosts.Token);
        var round = new Round();
        Task[] clients = [.. Enumerable.Range(0, Clients).Select(_ => Task.Run(ClientAsync, Hosts.Token))];
        try
        {
            for (int rotation = 1; rotation <= Rotations; rotation++)
            {
                await round.Finished.WaitAsync(stop.Token);
                await rotate(rotation);
                Volatile.Write(ref round, new Round());
            }

            await round.Finished.WaitAsync(stop.Token);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(clients);
        }

        async Task ClientAsync()
        {
            try
            {
                for (Round? counted = null; !stop.IsCancellationRequested;)
                {
                    Round present = Volatile.Read(ref round);
                    await request();
                    if (present != counted)
                    {
                        present.Count();
                        counted = present;
                    }
                }
            }
            catch
            {
                await stop.CancelAsync();
                throw;
            }
        }
    }

    private static async Task<string> CurrentUserAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT current_user", connection);
        return (string)(await command.ExecuteScalarAsync(Hosts.Token))!;
    }

    /// <summary>Ends when each client has finished a request in it.</summary>
    private sealed class Round
    {
        private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = Clients;

        public Task Finished => _finished.Task;

        public void Count()
        {
            if (Interlocked.Decrement(ref _left) == 0)
            {
                _finished.SetResult();
            }
        }
    }

    /// <summary>A source that is read only when the store is asked to: the refused login alone leads to the new password.</summary>
    private sealed class Unsignalled(FakeSource source) : ISecretsSource
    {
        public string Name => source.Name;

        public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken) => source.LoadAsync(request, cancellationToken);
    }
}
