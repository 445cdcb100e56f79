namespace Secrets.Packages;

public class PublicSurfaceTests
{
    [Theory]
    [MemberData(nameof(Package.Data), MemberType = typeof(Package))]
    public void The_public_surface_is_the_accepted_one(string name)
    {
        string file = $"src/{name}/PublicAPI.txt";
        string path = Path.Combine(Repository.Root, file);
        string[] accepted = File.Exists(path) ? File.ReadAllLines(path) : [];
        IReadOnlyList<string> actual = PublicSurface.Of(Package.Load(name));
        if (accepted.SequenceEqual(actual))
        {
            return;
        }

        string difference = string.Join('\n', accepted.Except(actual).Select(l => "- " + l).Concat(actual.Except(accepted).Select(l => "+ " + l)));
        if (Environment.GetEnvironmentVariable("UPDATE_PUBLIC_API") == "1")
        {
            File.WriteAllLines(path, actual);
            Assert.Fail($"{file} was written; this run fails so that it cannot pass unseen. Run again without UPDATE_PUBLIC_API.\n{difference}");
        }

        Assert.Fail($"The public surface is not what {file} says. To accept: UPDATE_PUBLIC_API=1 dotnet test tests/Secrets.Packages.Tests\n{difference}");
    }

    [Theory]
    [MemberData(nameof(Package.Data), MemberType = typeof(Package))]
    public void No_type_is_named_as_the_namespace(string name) =>
        Assert.DoesNotContain(Package.Load(name).PublicTypes, t => t.Name == "Secrets");

    [Theory]
    [MemberData(nameof(Package.Data), MemberType = typeof(Package))]
    public void Public_classes_are_sealed_or_static(string name)
    {
        string[] open =
        [
            "Secrets.Aws.AwsSourceOptions", // What the options of two stores have in common; no constructor is in reach of users.
            "Secrets.Remote.RemoteFailures", // Each store's table adds its rows.
            "Secrets.Remote.RemoteSource", // A store's own source is one, so that its name and its documentation have a place.
            "Secrets.Remote.RemoteSourceOptions", // Each remote source's options add to it.
            "Secrets.SecretFormat", // Programs may write their own.
            "Secrets.SecretsFileOptions", // Each file format's options add to it.
            "Secrets.SecretsFileSource", // Authors of sources derive theirs.
            "Secrets.SecretsView", // The store is one; no constructor is in reach of users.
            "Secrets.SecretsSourceOptions", // Each source's options add to it.
            "Secrets.Testing.FakeSource", // A local and a remote one; no constructor is in reach of users.
            "Secrets.Testing.SourceHarness", // Authors of sources derive theirs.
        ];
        None.Of(Package.Load(name).PublicTypes
            .Where(t => t is { TypeKind: Microsoft.CodeAnalysis.TypeKind.Class, IsSealed: false, IsStatic: false })
            .Select(t => t.ToDisplayString()).Except(open));
    }
}
