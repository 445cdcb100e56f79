using Secrets;

// Without KEYRING_ADDRESS this program shows its plan and contacts nobody.
string? address = Environment.GetEnvironmentVariable("KEYRING_ADDRESS");
SecretsBuilder chain = new SecretsBuilder()
    .Require("database.password", "trello.api_key")
    .AddInMemory(new Dictionary<string, string> { ["trello.api_key"] = "not-a-real-key" })
    .AddKeyring(o =>
    {
        o.Address = new Uri(address ?? "https://keyring.example");
        o.Token = Environment.GetEnvironmentVariable("KEYRING_TOKEN") ?? "not-a-real-token";
    });

foreach (SecretsSourcePlan plan in await chain.PlanAsync())
{
    Console.WriteLine(plan);
}

if (address is not null)
{
    await using SecretsStore secrets = await chain.BuildAsync();
    Console.WriteLine(secrets.Explain("database.password"));
}
