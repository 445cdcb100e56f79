using System.Globalization;
using System.Text.Json.Nodes;
using Secrets.Tests.Fakes;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Vault;
using Secrets.Vault;

namespace Secrets.Soak.Leases;

/// <summary>Leases over an hour of a fake clock, with a server that fails at random. It counts credentials that are served dead while the server would give live ones.</summary>
internal sealed class LeaseSoak : IAsyncDisposable
{
    private const int Leases = 200;

    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(1);

    // Documented: after an outage, or a failure of one secret, half a minute passes at the most.
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _loadTimeLimit = TimeSpan.FromSeconds(50);

    private readonly Random _random;
    private readonly ManualTimeProvider _clock = new();
    private readonly ClockDriver _driver;
    private readonly VaultServer _server;
    private readonly TimeSpan[] _lives = new TimeSpan[Leases];
    private readonly TimeSpan[] _healthySince = new TimeSpan[Leases];
    private readonly HashSet<string> _dead = new(StringComparer.Ordinal);
    private TimeSpan _faultEnds;

    public LeaseSoak(int seed)
    {
        _random = new Random(seed);
        _driver = new ClockDriver(_clock, _loadTimeLimit);
        _server = new VaultServer { Clock = _clock.WithoutOffset, RetryAfterSeconds = null };
        _server.SetLogin("approle/login", new JsonObject { ["role_id"] = "soak", ["secret_id"] = "s" }, TimeSpan.FromMinutes(20), TimeSpan.FromHours(5));
        for (int i = 0; i < Leases; i++)
        {
            _lives[i] = TimeSpan.FromSeconds(_random.Next(5, 61));
            _server.SetRole(Role(i), new VaultDynamicRole(_lives[i], _lives[i] * _random.Next(3, 200)));
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <returns>0 where no credential was served dead, every lease has ended, and the calls are within twice what renewals need.</returns>
    public async Task<int> RunAsync()
    {
        var options = new VaultOptions
        {
            Address = new Uri("http://127.0.0.1:8200"),
            Login = VaultLogin.AppRole("soak", "s"),
            LoadTimeLimit = _loadTimeLimit,
            CallTimeLimit = 2 * _loadTimeLimit,
            Handler = _server.CreateMemoryHandler,
        };
        for (int i = 0; i < Leases; i++)
        {
            options.Secret("database/creds/" + Role(i), at: Role(i));
        }

        SecretsStore secrets = await _driver.CompleteAsync(new SecretsBuilder { TimeProvider = _clock }.AddVault(options).BuildAsync()).ConfigureAwait(false);
        _server.ForgetCalls();
        TimeSpan end = _clock.Elapsed + _hour;
        _faultEnds = _clock.Elapsed + TimeSpan.FromSeconds(60);
        for (TimeSpan look = _clock.Elapsed + _look; look < end; look += _look)
        {
            Misbehave();
            await _driver.AdvanceAsync(look - _clock.Elapsed, secrets).ConfigureAwait(false);
            Look(secrets);
        }

        double perSecond = _server.CallCount / _hour.TotalSeconds;
        double needed = _lives.Sum(l => 1.5 / l.TotalSeconds);
        Heal();
        await secrets.DisposeAsync().ConfigureAwait(false);
        int left = _server.Leases.Count(l => _server.IsUserLive(l.User));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"leases={Leases} dead={_dead.Count} left={left} calls_per_s={perSecond:F2}"));
        return _dead.Count == 0 && left == 0 && perSecond <= 2 * needed ? 0 : 1;
    }

    private static string Role(int number) => string.Create(CultureInfo.InvariantCulture, $"r{number}");

    // One fault at a time, and two quiet minutes on average between two, so that "the server would give a live one" has a meaning.
    private void Misbehave()
    {
        if (_clock.Elapsed < _faultEnds)
        {
            return;
        }

        Heal();
        string one = Role(_random.Next(Leases));
        int seconds = _random.Next(1, 61);
        switch (_random.Next(12))
        {
            case 0:
                _server.IsDown = true;
                break;
            case 1:
                _server.Inject(FaultKind.ServerError, when: c => c.Path.EndsWith("/" + one, StringComparison.Ordinal));
                break;
            case 2:
                _server.Inject(FaultKind.AccessDenied, when: c => c.Path.EndsWith("/" + one, StringComparison.Ordinal));
                break;
            case 3:
                _server.Inject(FaultKind.ServerError, when: c => c.Operation == "renew-lease");
                break;
            case 4:
                _server.Inject(FaultKind.Throttle, times: 20);
                break;
            case 5:
                _server.Leases.Where(l => _server.IsUserLive(l.User)).OrderBy(_ => _random.Next()).Take(3).ToList().ForEach(_server.Revoke);
                break;
            case 6:
                _clock.WallClockOffset = TimeSpan.FromMinutes(_random.Next(-180, 180));
                break;
            case 7:
                _server.IsSealed = true;
                break;
            default:
                seconds = _random.Next(60, 240);
                break;
        }

        _faultEnds = _clock.Elapsed + TimeSpan.FromSeconds(seconds);
    }

    private void Heal()
    {
        _server.Heal();
        (_server.IsDown, _server.IsSealed) = (false, false);
    }

    private void Look(SecretsStore secrets)
    {
        bool isHealthy = !_server.IsDown && !_server.IsSealed && !_server.IsFaulty;
        for (int i = 0; i < Leases; i++)
        {
            string user = secrets.GetString(Role(i) + ".username");
            VaultIssuedLease lease = _server.FindLease(user)!;
            bool isLive = _server.IsUserLive(user);

            // What was revoked from outside is noticed by the next renewal, as nobody asks here.
            if (isLive || !isHealthy || (lease.IsRevoked && _clock.Elapsed < _healthySince[i] + _lives[i]))
            {
                _healthySince[i] = isLive || !isHealthy ? _clock.Elapsed : _healthySince[i];
            }
            else if (_clock.Elapsed > _healthySince[i] + _grace && _dead.Add(user))
            {
                Console.WriteLine($"dead: {user}, life {_lives[i].TotalSeconds} s, since {_healthySince[i]}, now {_clock.Elapsed}");
            }
        }
    }
}
