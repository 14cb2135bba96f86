"""Fields that say something of a company, an agency or another body: names, numbers, reach, standing and figures."""
