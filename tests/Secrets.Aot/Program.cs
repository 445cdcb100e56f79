using Secrets;
using Secrets.Aot;

// Published with NativeAOT and run by .ci/aot: reads one secret through every source and compares it with what the script put there.
// Each remote source asks the test server that its environment variables name.
var runs = new Dictionary<string, Func<Task>>(StringComparer.Ordinal)
{
    ["toml"] = LocalSources.TomlAndEnvironmentAsync,
    ["directory"] = LocalSources.DirectoryAsync,
    ["dotenv"] = LocalSources.DotEnvAsync,
    ["aws"] = RemoteStores.AwsAsync,
    ["azure"] = RemoteStores.AzureAsync,
    ["gcp"] = RemoteStores.GoogleAsync,
    ["vault"] = RemoteStores.VaultAsync,
};

if (args is not [{ } name] || !runs.TryGetValue(name, out Func<Task>? run))
{
    Console.Error.WriteLine($"usage: Secrets.Aot {string.Join('|', runs.Keys)}");
    return 2;
}

try
{
    await run();
    Console.WriteLine($"{name}: ok");
    return 0;
}
catch (Exception failure)
{
    Console.Error.WriteLine($"{name}: {failure}");
    return 1;
}
