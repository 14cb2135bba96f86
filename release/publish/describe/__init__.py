"""What machines and reviewers read about a package: Data Package, DCAT-AP, evidence, the public plan, README."""
