package dev.sonde.tls.certificate;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;

/// The name constraints of a trusted root (RFC 5280 section 4.2.1.10). The JDK applies those of
/// intermediates and not those of the root itself.
public final class RootConstraints {

    private RootConstraints() {}

    /// Whether the last of a path may vouch for the names of the others. Constraints that cannot be
    /// read permit nothing.
    public static boolean permit(List<X509Certificate> path) {
        if (path.size() < 2 || path.getLast().getExtensionValue("2.5.29.30") == null) {
            return true;
        }
        try {
            PKIXNameConstraintValidator validator = validator(path.getLast());
            for (X509Certificate certificate : path.subList(0, path.size() - 1)) {
                check(validator, new JcaX509CertificateHolder(certificate));
            }
            return true;
        } catch (GeneralSecurityException
                | IOException
                | NameConstraintValidatorException
                | RuntimeException _) {
            return false;
        }
    }

    private static PKIXNameConstraintValidator validator(X509Certificate root)
            throws GeneralSecurityException, IOException {
        NameConstraints constraints =
                NameConstraints.getInstance(
                        new JcaX509CertificateHolder(root)
                                .getExtension(Extension.nameConstraints)
                                .getParsedValue());
        PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
        if (constraints.getPermittedSubtrees() != null) {
            validator.intersectPermittedSubtree(constraints.getPermittedSubtrees());
        }
        if (constraints.getExcludedSubtrees() != null) {
            for (GeneralSubtree excluded : constraints.getExcludedSubtrees()) {
                validator.addExcludedSubtree(excluded);
            }
        }
        return validator;
    }

    private static void check(
            PKIXNameConstraintValidator validator, JcaX509CertificateHolder certificate)
            throws NameConstraintValidatorException {
        X500Name subject = certificate.getSubject();
        if (subject.getRDNs().length > 0) {
            check(validator, new GeneralName(subject));
        }
        GeneralNames names =
                GeneralNames.fromExtensions(
                        certificate.getExtensions(), Extension.subjectAlternativeName);
        if (names != null) {
            for (GeneralName name : names.getNames()) {
                check(validator, name);
            }
        }
    }

    private static void check(PKIXNameConstraintValidator validator, GeneralName name)
            throws NameConstraintValidatorException {
        validator.checkPermitted(name);
        validator.checkExcluded(name);
    }
}
