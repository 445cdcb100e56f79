using Secrets.TestServers;

var ended = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    ended.Cancel();
};
AppDomain.CurrentDomain.ProcessExit += (_, _) => ended.Cancel();
return await ServerCommand.RunAsync(args, Console.Out, Console.Error, ended.Token);
