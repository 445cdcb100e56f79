using Secrets.StartUp;

// Each way to read a secret is a class of its own, so that a run loads no assembly of another.
Console.WriteLine(args[0] switch
{
    "secrets" => SecretsStart.Read(),
    "configuration" => ConfigurationStart.Read(),
    _ => "value 2 3",
});
