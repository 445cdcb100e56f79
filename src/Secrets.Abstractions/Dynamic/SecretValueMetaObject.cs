using System.Collections;
using System.Dynamic;
using System.Linq.Expressions;
using Secrets.Conversion;

namespace Secrets.Dynamic;

/// <summary>Attribute access to a section, and the conversions that assignment, cast, <c>foreach</c> and conditions ask for.</summary>
internal sealed class SecretValueMetaObject(Expression parameter, SecretValue value) : ReadOnlyMetaObject<SecretValue>(parameter, value)
{
    public override DynamicMetaObject BindConvert(ConvertBinder binder)
    {
        if (binder.Type.IsAssignableFrom(typeof(SecretValue)))
        {
            return new DynamicMetaObject(Expression.Convert(Expression, binder.Type), Restrictions);
        }

        Expression converted = Call(ConvertTo, Self, Expression.Constant(binder.Type, typeof(Type)));
        return new DynamicMetaObject(Expression.Convert(converted, binder.Type), Restrictions);
    }

    public override DynamicMetaObject BindUnaryOperation(UnaryOperationBinder binder) => binder.Operation switch
    {
        ExpressionType.IsTrue => Boolean(IsTrue, binder),
        ExpressionType.IsFalse or ExpressionType.Not => Boolean(IsFalse, binder),
        _ => base.BindUnaryOperation(binder),
    };

    // With null on the right, the operators against a string and against a value are equally good to the runtime's binder, which then refuses both.
    public override DynamicMetaObject BindBinaryOperation(BinaryOperationBinder binder, DynamicMetaObject arg) =>
        arg is { HasValue: true, Value: null } && binder.Operation is (ExpressionType.Equal or ExpressionType.NotEqual)
            ? new DynamicMetaObject(
                Expression.Constant(binder.Operation == ExpressionType.NotEqual, typeof(object)),
                Restrictions.Merge(BindingRestrictions.GetInstanceRestriction(arg.Expression, instance: null)))
            : base.BindBinaryOperation(binder, arg);

    public override IEnumerable<string> GetDynamicMemberNames() => ((SecretValue)Value!) is { Kind: SecretKind.Section } section ? section.AsSection().Keys : [];

    protected override Expression Has(string name) => Call(Contains, Self, Expression.Constant(name));

    protected override Expression Get(string name) => Call(Read, Self, Expression.Constant(name));

    private DynamicMetaObject Boolean(Func<SecretValue, bool> test, UnaryOperationBinder binder) =>
        new(Expression.Convert(Call(test, Self), binder.ReturnType), Restrictions);

    private static bool Contains(SecretValue value, string name) => (value.Kind == SecretKind.Section || value.Below is not null) && value.Contains(name);

    private static SecretValue Read(SecretValue value, string name) => value[name];

    private static bool IsTrue(SecretValue value) => value.As<bool>();

    private static bool IsFalse(SecretValue value) => !value.As<bool>();

    private static object? ConvertTo(SecretValue value, Type type)
    {
        if (type == typeof(string))
        {
            return value.Reveal();
        }

        if (type == typeof(IEnumerable))
        {
            return value.Kind == SecretKind.Section ? value.AsSection() : value.AsList();
        }

        return SimpleTypes.Convert(value, type);
    }
}
