using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Secrets.Tests.Fakes;

namespace Secrets.Tests;

/// <summary>Gives null to each parameter and property of the public surface, one at a time: it is an argument error or has a meaning, and is never dereferenced.</summary>
public class NullArgumentTests
{
    public static TheoryData<string> Types => [.. typeof(SecretsView).Assembly.GetExportedTypes()
        .Where(t => t is { IsEnum: false, IsInterface: false } && !typeof(Delegate).IsAssignableFrom(t)).Select(t => t.FullName!)];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Null_is_never_dereferenced(string name)
    {
        Type type = typeof(SecretsView).Assembly.GetType(name, throwOnError: true)!;
        var dereferenced = new List<string>();
        foreach (MethodBase member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).OfType<MethodBase>())
        {
            MethodBase closed = member is MethodInfo { ContainsGenericParameters: true } generic ? generic.MakeGenericMethod(typeof(int)) : member;
            ParameterInfo[] parameters = closed.GetParameters();

            // Reflection cannot pass a span.
            if (Array.Exists(parameters, p => p.ParameterType.IsByRefLike))
            {
                continue;
            }

            for (int at = 0; at < parameters.Length; at++)
            {
                if (!parameters[at].ParameterType.IsValueType && !parameters[at].ParameterType.IsByRef && await CallAsync(type, closed, at) is NullReferenceException)
                {
                    dereferenced.Add($"{closed.Name}({parameters[at].Name})");
                }
            }
        }

        Assert.Empty(dereferenced);
    }

    private static async Task<Exception?> CallAsync(Type type, MethodBase member, int withNull)
    {
        object?[] arguments = [.. member.GetParameters().Select((p, i) => i == withNull ? null : Sample(p.ParameterType))];
        object? instance = member is ConstructorInfo || member.IsStatic || type.IsAbstract ? null : Sample(type);
        try
        {
            object? result = member is ConstructorInfo constructor ? constructor.Invoke(arguments) : member.Invoke(instance, arguments);
            await (result as Task ?? Task.CompletedTask);
            return null;
        }
        catch (TargetInvocationException thrown)
        {
            return thrown.InnerException;
        }
        catch (Exception thrown)
        {
            return thrown;
        }
        finally
        {
            (instance as IDisposable)?.Dispose();
        }
    }

    private static object? Sample(Type type)
    {
        if (type == typeof(string))
        {
            return "a";
        }

        if (type.IsByRef)
        {
            return null;
        }

        if (type.IsValueType)
        {
            return Activator.CreateInstance(type);
        }

        object? known = Samples.FirstOrDefault(s => type.IsAssignableFrom(s.Type)).Create?.Invoke();
        if (known is not null)
        {
            return known;
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            MethodInfo invoke = type.GetMethod("Invoke")!;
            return Expression.Lambda(type, Expression.Default(invoke.ReturnType), invoke.GetParameters().Select(p => Expression.Parameter(p.ParameterType))).Compile();
        }

        return type.IsArray ? Array.CreateInstance(type.GetElementType()!, 0) : RuntimeHelpers.GetUninitializedObject(type);
    }

    private static readonly (Type Type, Func<object> Create)[] Samples =
    [
        (typeof(SecretsStore), () => Stores.Of(("a", 1))),
        (typeof(SecretsView), () => Stores.Of(("a", 1)).Current),
        (typeof(SecretValue), () => Stores.Text(SecretKind.String, "x")),
        (typeof(SecretPath), () => SecretPath.Parse("a")),
        (typeof(SecretOrigin), () => Stores.Origin),
        (typeof(SecretsBuilder), () => new SecretsBuilder()),
        (typeof(BatchSource), () => new BatchSource()),
        (typeof(SecretsBatch), () => SecretsBatch.Empty),
        (typeof(SecretsRequest), () => new SecretsRequest("a")),
        (typeof(EnvironmentOptions), () => new EnvironmentOptions()),
        (typeof(SecretDemand), () => new SecretDemand(SecretPath.Parse("a"))),
        (typeof(SecretFormat), () => SecretFormat.Text),
        (typeof(SecretsSourcePlan), () => new SecretsSourcePlan(new SecretsRequest("a"), [], 1)),
        (typeof(SecretsSourceException), () => new SecretsSourceException(SecretsErrorCode.Unknown, "m")),
        (typeof(Dictionary<string, object?>), () => new Dictionary<string, object?>()),
        (typeof(Dictionary<string, int>), () => new Dictionary<string, int>()),
        (typeof(List<string>), () => new List<string>()),
        (typeof(List<SecretValue>), () => new List<SecretValue>()),
        (typeof(List<SecretEntry>), () => new List<SecretEntry>()),
        (typeof(List<SecretDemand>), () => new List<SecretDemand>()),
        (typeof(List<KeyValuePair<string, SecretValue>>), () => new List<KeyValuePair<string, SecretValue>>()),
        (typeof(TimeProvider), () => TimeProvider.System),
        (typeof(CultureInfo), () => CultureInfo.InvariantCulture),
        (typeof(Action), () => (Action)(() => { })),
    ];
}
