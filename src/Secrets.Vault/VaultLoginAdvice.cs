namespace Secrets.Vault;

/// <summary>
/// Says what is likely wrong where a method refuses a login. The status decides: 400 is the method's own refusal; 403 is also what the server says where no method is
/// mounted, and of a user that is locked after too many failures ("User lockout" of the concepts).
/// </summary>
internal static class VaultLoginAdvice
{
    public static VaultLoginException Refused(VaultLogin login, int status) =>
        new($"the login with {login.Description} was refused", Likely(login, status), status);

    private static string Likely(VaultLogin login, int status)
    {
        string mount = login.Path.Split("/login", 2)[0];
        string cause = login.Name switch
        {
            "approle" => "the role or its SecretID is wrong, or the SecretID has expired, was used as often as it may be, or is bound to other addresses: create another one.",
            "userpass" or "ldap" => "the user or the password is wrong.",
            "kubernetes" => "the role is unknown, or does not let this service account, its namespace or the audience of its token in.",
            "jwt" => "the role is unknown, or the token has expired or does not have the issuer, the audience and the claims that the role asks for.",
            "certificate" => "the server got no client certificate, or one that no role at this mount accepts: set ClientCertificate, and compare it with the role.",
            _ => "compare what the program sends with the reference of the method.",
        };
        return status switch
        {
            404 => $"no such login is at {mount}: correct the mount or the namespace.",
            403 when login.Name is "approle" or "userpass" or "ldap" =>
                $"no method may be mounted at {mount}, or the {(login.Name is "approle" ? "role" : "user")} may be locked after too many failures; otherwise {cause}",
            403 => $"no method may be mounted at {mount}; otherwise {cause}",
            _ => cause,
        };
    }
}
