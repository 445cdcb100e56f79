using Microsoft.Extensions.Configuration;

namespace Secrets.StartUp;

internal static class ConfigurationStart
{
    public static string? Read()
    {
        IConfigurationRoot root = new ConfigurationBuilder().SetBasePath(Environment.CurrentDirectory).AddJsonFile("secrets.json").AddEnvironmentVariables().Build();
        using var disposed = (IDisposable)root;
        return root["section_2:key_3"];
    }
}
