using ProductionFallback;
using Secrets;
using Secrets.TestServers.Hosting;

// The same chain on a developer's machine and in production. It runs offline, against a server in this process that speaks the store's protocol;
// with --live it asks the real store, with the credentials and the region of the environment.
var stores = new Dictionary<string, IDemoStore> { ["--aws"] = new AwsDemoStore(), ["--azure"] = new AzureDemoStore(), ["--gcp"] = new GcpDemoStore(), ["--vault"] = new VaultDemoStore() };
string[] chosen = [.. args.Except(["--live"])];
if (chosen.Length > 1 || chosen.Any(c => !stores.ContainsKey(c)))
{
    Console.Error.WriteLine($"usage: ProductionFallback [{string.Join(" | ", stores.Keys)}] [--live]");
    return 2;
}

IDemoStore store = stores[chosen.FirstOrDefault("--aws")];
if (args.Contains("--live"))
{
    await ShowAsync(Chain(withToml: false, server: null), server: null);
    return 0;
}

await using TestServer server = store.CreateServer();
await server.ListenAsync();

Title("A developer's machine: the TOML file has everything");
await ShowAsync(Chain(withToml: true, server), server);

Title("Production: no file, so the store is asked for exactly what is missing");
Console.WriteLine(Indent(string.Join(Environment.NewLine, await Chain(withToml: false, server).PlanAsync())));
await ShowAsync(Chain(withToml: false, server), server);

Title("One secret is denied: the build stops, since the program cannot start without it");
store.Deny(server, isDenied: true);
await ShowAsync(Chain(withToml: false, server), server);
store.Deny(server, isDenied: false);

Title("The store is down: a failure is never taken for absence");
await server.StopListeningAsync();
await ShowAsync(Chain(withToml: false, server), server);

Title("The store is back");
await server.ListenAsync();
await ShowAsync(Chain(withToml: false, server), server);
return 0;

SecretsBuilder Chain(bool withToml, TestServer? server)
{
    var chain = new SecretsBuilder().Require<AppSecrets>();

    // AddToml() alone would look in the current directory and in your home; the sample reads its own file and no other, wherever it is run from.
    chain.AddToml(withToml ? ".secrets/secrets.toml" : "no-such-file.toml", o => o.ProjectDirectory = AppContext.BaseDirectory);
    return store.AddTo(chain, server);
}

static async Task ShowAsync(SecretsBuilder chain, TestServer? server)
{
    server?.ForgetCalls();
    try
    {
        await using SecretsStore secrets = await chain.BuildAsync();
        AppSecrets app = secrets.Get<AppSecrets>();
        Console.WriteLine($"  {app.Database.User} with {app.Database.Password} on port {app.Database.Port}; trello {app.Trello.ApiKey}");
        Console.WriteLine(Indent(secrets.Explain("database.password").ToString().Replace(AppContext.BaseDirectory, "")));
    }
    catch (SecretsSourceException failure)
    {
        Console.WriteLine($"  {failure.Code}: {failure.Message}");
    }

    if (server is not null)
    {
        Console.WriteLine($"  remote calls: {server.CallCount}{(server.CallCount == 0 ? "" : " (" + string.Join(", ", server.Calls.Select(c => c.Operation)) + ")")}");
    }
}

static void Title(string text)
{
    Console.WriteLine();
    Console.WriteLine(text);
}

static string Indent(string text) => "  " + text.ReplaceLineEndings(Environment.NewLine + "  ");
