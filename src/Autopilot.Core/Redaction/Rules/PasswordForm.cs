namespace Autopilot.Core.Redaction.Rules;

/// <summary>How an option of a command line gives a password.</summary>
internal enum PasswordForm
{
    /// <summary>As its value: <c>-p password</c> or <c>-ppassword</c>.</summary>
    Value,

    /// <summary>Only without a blank between: <c>-ppassword</c>.</summary>
    Attached,

    /// <summary>Behind the user's name in its value: <c>-u user:password</c>.</summary>
    AfterUser,
}
