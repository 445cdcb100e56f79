using CustomSource;
using Secrets;

// Everything that the library does, it does with your source: order, dotted paths, masks, origins, refresh.
string file = Path.Combine(AppContext.BaseDirectory, "secrets.json");
var options = new SecretsFileOptions { Files = [file] };
using SecretsStore secrets = new SecretsBuilder()
    .Add(new JsonFileSource(options), options)
    .AddInMemory(new Dictionary<string, object?> { ["database.password"] = "shadowed", ["database.host"] = "localhost" })
    .Build();

Console.WriteLine($"database.password is {secrets["database"]["password"]}, of {secrets.GetString("database.password").Length} characters");
Console.WriteLine($"database.port + 1 is {secrets.Get<int>("database.port") + 1}");
Console.WriteLine($"sally is welcome: {secrets["whitelist"].Contains("sally")}");
Console.WriteLine(secrets.Explain("database.password").ToString().Replace(AppContext.BaseDirectory, ""));
