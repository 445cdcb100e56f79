namespace Secrets.StartUp;

internal static class SecretsStart
{
    public static string Read()
    {
        using SecretsStore secrets = new SecretsBuilder().AddToml().AddEnvironment().Build();
        return secrets.GetString("section_2.key_3");
    }
}
