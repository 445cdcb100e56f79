using Secrets.Conversion;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Conversion;

public sealed class EnumTextTests
{
    private enum SslMode
    {
        Disable,
        VerifyFull = 3,
        VERIFY_CA = 4,
    }

    private enum Confusing
    {
        AB = 1,
        A_B = 2,
    }

    [Flags]
    private enum Rights
    {
        None = 0,
        Read = 1,
        Write = 2,
        ReadWrite = 3,
        Admin = 16,
    }

    [Flags]
    private enum Signed : sbyte
    {
        One = 1,
        Sign = -128,
    }

    private enum Wide : ulong
    {
        Most = ulong.MaxValue,
    }

    public static TheoryData<Type, string, object?> Rows => new()
    {
        { typeof(SslMode), "VerifyFull", SslMode.VerifyFull },
        { typeof(SslMode), "verify-full", SslMode.VerifyFull },
        { typeof(SslMode), "verify_full", SslMode.VerifyFull },
        { typeof(SslMode), "VERIFYFULL", SslMode.VerifyFull },
        { typeof(SslMode), "verify-ca", SslMode.VERIFY_CA },
        { typeof(SslMode), " disable ", SslMode.Disable },
        { typeof(SslMode), "0", SslMode.Disable },
        { typeof(SslMode), "3", SslMode.VerifyFull },
        { typeof(SslMode), "1", null },
        { typeof(SslMode), "-1", null },
        { typeof(SslMode), "3.0", null },
        { typeof(SslMode), "verify", null },
        { typeof(SslMode), "disable, verify-full", null },
        { typeof(SslMode), "", null },
        { typeof(SslMode), "-", null },
        { typeof(SslMode), "_", null },
        { typeof(SslMode), "99999999999999999999", null },

        { typeof(Confusing), "AB", Confusing.AB },
        { typeof(Confusing), "A_B", Confusing.A_B },
        { typeof(Confusing), "ab", Confusing.AB },
        { typeof(Confusing), "a-b", null },

        { typeof(Rights), "Read, Write", Rights.ReadWrite },
        { typeof(Rights), "read-write", Rights.ReadWrite },
        { typeof(Rights), "read,admin", Rights.Read | Rights.Admin },
        { typeof(Rights), "none", Rights.None },
        { typeof(Rights), "0", Rights.None },
        { typeof(Rights), "19", Rights.ReadWrite | Rights.Admin },
        { typeof(Rights), "1,16", Rights.Read | Rights.Admin },
        { typeof(Rights), "4", null },
        { typeof(Rights), "999", null },
        { typeof(Rights), "-1", null },
        { typeof(Rights), "read, delete", null },
        { typeof(Rights), "read,", null },
        { typeof(Rights), "", null },

        { typeof(Signed), "-128", Signed.Sign },
        { typeof(Signed), "one, sign", Signed.One | Signed.Sign },
        { typeof(Signed), "-127", Signed.One | Signed.Sign },
        { typeof(Signed), "2", null },
        { typeof(Wide), "18446744073709551615", Wide.Most },
        { typeof(Wide), "most", Wide.Most },
        { typeof(Wide), "1", null },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_name_in_any_spelling_or_a_defined_number_is_a_value(Type type, string text, object? expected)
    {
        foreach (string culture in new[] { "", "tr-TR" })
        {
            using var _ = new InCulture(culture);

            Assert.Equal(expected, EnumText.Parse(type, text));
        }
    }
}
