using System.Data.Common;

namespace Secrets.Hosting.Tests;

public sealed class SecretsStorePasswordExtensionsTests
{
    private static SecretsStore Store() => new SecretsBuilder().Add(Hosts.Source(("database.password", "pw"))).Build();

    [Fact]
    public async Task Both_callbacks_give_the_password_and_leave_the_user_alone()
    {
        using SecretsStore store = Store();
        SecretPasswordProvider password = store.PasswordProvider("database");
        var connection = new DbConnectionStringBuilder { ["Username"] = "fixed" };

        // The shape that a driver takes: a callback for its own builder, which derives from the general one.
        Func<DbConnectionStringBuilder, string> sync = password.GetPassword;
        Func<DbConnectionStringBuilder, CancellationToken, ValueTask<string>> async = password.GetPasswordAsync;

        Assert.Equal(("pw", "pw", "fixed"), (sync(connection), await async(connection, Hosts.Token), connection["Username"]));
    }

    [Fact]
    public void What_is_nowhere_throws_at_the_open()
    {
        using SecretsStore store = Store();

        Assert.Throws<SecretNotFoundException>(() => store.PasswordProvider("database", "nope").GetPassword(new DbConnectionStringBuilder()));
        Assert.Throws<ArgumentException>(() => store.PasswordProvider("a..b"));
    }

    [Fact]
    public async Task A_cancelled_open_gets_no_password()
    {
        using SecretsStore store = Store();

        await Assert.ThrowsAsync<OperationCanceledException>(
            async () => await store.PasswordProvider("database").GetPasswordAsync(new DbConnectionStringBuilder(), new CancellationToken(canceled: true)));
    }
}
