using Microsoft.Extensions.Options;
using Secrets;
using Secrets.Vault;
using WebApi;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);

// With --embedded true, a store in this process stands for the one that production has; --vault:address and --vault:token name another.
await using EmbeddedVault? embedded = builder.Configuration.GetValue<bool>("embedded") ? await EmbeddedVault.StartAsync() : null;
string? address = embedded?.Address ?? builder.Configuration["vault:address"];
string token = embedded?.Token ?? builder.Configuration["vault:token"] ?? "";

// With --refresh false, the secrets stay as they were at the start: what refreshes cost is the difference.
bool isRefreshing = builder.Configuration.GetValue("refresh", defaultValue: true);

await builder.AddSecretsAsync(chain =>
{
    chain.Watch(isRefreshing);
    if (address is null)
    {
        chain.AddToml();
    }
    else
    {
        chain.AddVault(address, "secret/web/", VaultLogin.Token(token), o => o.RefreshInterval = isRefreshing ? TimeSpan.FromSeconds(2) : null);
    }
});
builder.Services.AddSecretOptions<SiteOptions>("site");
builder.Services.AddHealthChecks().AddSecrets();

WebApplication app = builder.Build();
app.MapGet("/", (IOptionsMonitor<SiteOptions> site) => $"{site.CurrentValue.Greeting} (key {site.CurrentValue.ApiKey})");
app.MapGet("/sources", (SecretsStore secrets) => $"{secrets.Sources}\n{secrets.Describe()}");
app.MapHealthChecks("/health", new() { ResponseWriter = (context, report) => context.Response.WriteAsync($"{report.Status}: {report.Entries["secrets"].Description}") });
embedded?.MapTo(app);
await app.RunAsync();
