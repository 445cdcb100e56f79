using Secrets;

using SecretsStore secrets = new SecretsBuilder().AddToml().AddEnvironment().Build();

string user = secrets["database"]["user"].Reveal();
SecretValue password = secrets["database"]["password"];
int port = secrets.GetValue<int>("database.port");

Console.WriteLine($"Connecting as {user} with {password} to port {port}.");
Console.WriteLine($"The password has {password.Reveal().Length} characters.");
Console.WriteLine(secrets.Explain("database.password"));
