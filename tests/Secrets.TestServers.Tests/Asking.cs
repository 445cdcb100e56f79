using System.Text;
using Secrets.TestServers.Hosting;

namespace Secrets.TestServers;

/// <summary>Asks a server as the tables of these tests have it, <c>GET /path body</c>, and gives status and body of its answer.</summary>
internal static class Asking
{
    public static async Task<string> AskAsync(this TestServer server, HttpMessageHandler handler, Uri address, string call, params (string Name, string Value)[] headers)
    {
        await server.ListenAsync();
        using var client = new HttpClient(handler);
        string[] parts = call.Split(' ', 3);
        using var request = new HttpRequestMessage(new HttpMethod(parts[0]), new Uri(address, parts[1]));
        if (parts.Length == 3)
        {
            request.Content = new StringContent(parts[2], Encoding.UTF8, parts[2].StartsWith('{') ? "application/json" : "application/x-www-form-urlencoded");
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using HttpResponseMessage answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return $"{(int)answer.StatusCode} {answer.Headers.WwwAuthenticate}{answer.Headers.Location}{await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}";
    }
}
