Object.assign(root.GroundRules, { formOf, hasPlaceForClauses, draftRecord });
