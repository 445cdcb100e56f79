using QuickStart;
using Secrets;

// AddToml() alone would look in the current directory and in your home; the sample reads its own file and no other, wherever it is run from.
using SecretsStore secrets = new SecretsBuilder()
    .AddToml(".secrets/secrets.toml", o => o.ProjectDirectory = AppContext.BaseDirectory)
    .AddEnvironment()
    .Build();

Console.WriteLine("What is there, masked:");
PrintTable(secrets, "");

Console.WriteLine();
Console.WriteLine("The same secret by key, by dotted path and by attribute:");
dynamic s = secrets;
string byKey = secrets["database"]["password"].Reveal();
string byPath = secrets.GetString("database.password");
string byAttribute = s.database.password;
Console.WriteLine($"  three times the same: {byKey == byPath && byPath == byAttribute}");
Console.WriteLine($"  printed by mistake:   {secrets["database"]["password"]} {s.database.password}");
Console.WriteLine($"  sally is welcome:     {secrets["whitelist"].Contains("sally")}");

Console.WriteLine();
Console.WriteLine("A section as one object, and spread over a method's parameters:");
Console.WriteLine($"  {secrets.Get<DatabaseCredentials>("database")}");
Console.WriteLine($"  {secrets.Section("database").Invoke<string>(Connect)}");

Console.WriteLine();
Console.WriteLine("Root-level keys are environment variables too:");
Console.WriteLine($"  db_username equals its variable: {secrets["db_username"] == Environment.GetEnvironmentVariable("db_username")}");

Console.WriteLine();
Console.WriteLine("Who supplies trello.api_key (set TRELLO_API_KEY and run again):");
Console.WriteLine(Indent(secrets.Explain("trello.api_key").ToString()));

Console.WriteLine();
Console.WriteLine("A secret that is nowhere:");
try
{
    secrets.GetString("trello.api_tokn");
}
catch (SecretNotFoundException missing)
{
    Console.WriteLine(Indent(missing.Message));
}

static string Connect(string user, SecretValue password, int port) => $"connected as {user} with {password} to port {port}";

static void PrintTable(SecretsView view, string prefix)
{
    foreach ((string key, SecretValue value) in view)
    {
        if (value.Kind == SecretKind.Section)
        {
            PrintTable(value.AsSection(), prefix + key + ".");
        }
        else
        {
            Console.WriteLine($"  {prefix + key,-20} {value,-5} {value.Kind,-15} {value.Origin}");
        }
    }
}

static string Indent(string text) => string.Join(Environment.NewLine, text.Split(Environment.NewLine).Select(line => "  " + line));
